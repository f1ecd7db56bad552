"""Rules on what may be asked, and on what people are told and promised before they answer."""
