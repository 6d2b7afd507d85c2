-- With its rows, so that of two instances that start on one database only one fills it.
create table if not exists bike (
	id varchar(20) primary key,
	model varchar(60) not null
) as select * from (values
	('1', 'City'), ('2', 'City'), ('3', 'City'),
	('4', 'Cargo'), ('5', 'Cargo'),
	('6', 'Gravel'), ('7', 'Gravel'), ('8', 'Tandem'));

create table if not exists rental (
	id uuid primary key,
	bike varchar(20) not null references bike (id),
	rider varchar(60) not null,
	price varchar(20) not null,
	-- The lock under which the row was written: grows from each holder to the next.
	fencing_token bigint not null,
	rented_at timestamp with time zone not null,
	-- One rental of a bike at a time: set on return.
	returned_at timestamp with time zone
);
