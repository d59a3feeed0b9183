"""Pixels to typed results: photos, faces, templates, hands and symbols. The only room with OpenVINO and OpenCV."""
