"""Case files: the database of scans, findings and decisions, the audit log, evidence and exports."""
