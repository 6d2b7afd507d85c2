merge into bike (id, model) values
	('1', 'City'), ('2', 'City'), ('3', 'City'),
	('4', 'Cargo'), ('5', 'Cargo'),
	('6', 'Gravel'), ('7', 'Gravel'), ('8', 'Tandem');
