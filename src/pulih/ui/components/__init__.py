"""The components, by what they are for; templatetags/ui.py offers them to templates."""
