"""What can be proved of a form's conditions before anybody answers: never true, always true, or nothing at all."""
