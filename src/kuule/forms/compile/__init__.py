"""An XForm's definitions to a Form: frozen, made once for an edition, shared by every visit. Everything that can
be wrong with a form is found here."""
