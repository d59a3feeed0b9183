"""The local web page on which people look at findings and decide. Listens on this computer only unless told otherwise.

app.py        every request: who asks, may they, with a token; then a view in a thread
guard.py      Host, Origin and the headers of every answer, before anything else
page.py       what a page is: path, method, roles, view
views/        one file for each part of the work; routes.py collects their pages
templates/    Jinja2, always escaped;  static/  styles and scripts, no other source is allowed
locale/       texts are Indonesian in place; English in locale/en/*.po
doors.py      what the page asks of rooms that it may not import: pixels, reference photos, packages
"""
