"""What people get wrong in a query: each room knows some slips by their look, and what may mend them."""
