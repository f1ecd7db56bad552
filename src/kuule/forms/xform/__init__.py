"""An XForm's XML to frozen, uncompiled definitions (ODK XForms). Alone in kuule.forms it knows XML."""
