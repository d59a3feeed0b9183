"""Who the candidates are and whether a face is one of them: election file, enrolment, population and matching."""
