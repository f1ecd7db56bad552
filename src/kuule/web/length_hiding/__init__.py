"""Pages and posted values of few lengths, so that whoever watches an encrypted connection learns little from them."""
