"""What answers at the collector's addresses: forms to the conversation, its outcomes to pages; refusals in words."""
