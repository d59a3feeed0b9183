"""How well pictures of people are told from people who are there, on photos made from invented people."""
