-- The greatest fencing token that each protected resource has accepted. H2 and PostgreSQL.
create table if not exists roster_fencing_token (
	resource varchar(255) primary key,
	last_token bigint not null check (last_token >= 0)
);
