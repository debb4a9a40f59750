/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Whose connection it is and where it leads to, by the driver's own types. Read before the call: a connection that fails
 * may be closed and gone at its end. Each driver keeps the names in its own way; what is not known of a driver is left
 * out.
 */
#pragma once

#include <zerospan/probe.bpf.h>

GO_FIELD(driver_conn_ci, "database/sql.driverConn", "ci");
GO_FIELD(db_connector, "database/sql.DB", "connector");
GO_FIELD_OPTIONAL(dsn_driver, "database/sql.dsnConnector", "driver");
GO_TYPE(dsn_connector, "database/sql.dsnConnector");

GO_TYPE(pq_conn, "*github.com/lib/pq.conn");
GO_FIELD_OPTIONAL(pq_conn_c, "github.com/lib/pq.conn", "c");
/* before 1.11 there is only a map of the options */
GO_FIELD_OPTIONAL(pq_host, "github.com/lib/pq.conn", "cfg.Host");
GO_FIELD_OPTIONAL(pq_port, "github.com/lib/pq.conn", "cfg.Port");
GO_FIELD_OPTIONAL(pq_database, "github.com/lib/pq.conn", "cfg.Database");

GO_TYPE(pgx_conn, "*github.com/jackc/pgx/v5/stdlib.Conn");
GO_FIELD_OPTIONAL(pgx_conn_conn, "github.com/jackc/pgx/v5/stdlib.Conn", "conn");
GO_FIELD_OPTIONAL(pgx_host, "github.com/jackc/pgx/v5/stdlib.Conn", "connConfig.Config.Host");
GO_FIELD_OPTIONAL(pgx_port, "github.com/jackc/pgx/v5/stdlib.Conn", "connConfig.Config.Port");
GO_FIELD_OPTIONAL(pgx_database, "github.com/jackc/pgx/v5/stdlib.Conn", "connConfig.Config.Database");
GO_FIELD_OPTIONAL(pgx_fallbacks, "github.com/jackc/pgx/v5/stdlib.Conn", "connConfig.Config.Fallbacks");
GO_FIELD_OPTIONAL(pgx_fallback_host, "github.com/jackc/pgx/v5/pgconn.FallbackConfig", "Host");
GO_FIELD_OPTIONAL(pgx_pg_conn, "github.com/jackc/pgx/v5.Conn", "pgConn");
GO_FIELD_OPTIONAL(pgx_pg_conn_conn, "github.com/jackc/pgx/v5/pgconn.PgConn", "conn");

GO_TYPE(mysql_conn, "*github.com/go-sql-driver/mysql.mysqlConn");
GO_FIELD_OPTIONAL(mysql_conn_net, "github.com/go-sql-driver/mysql.mysqlConn", "netConn");
GO_FIELD_OPTIONAL(mysql_conn_cfg, "github.com/go-sql-driver/mysql.mysqlConn", "cfg");
GO_FIELD_OPTIONAL(mysql_capabilities, "github.com/go-sql-driver/mysql.mysqlConn", "capabilities|flags"); /* ..1.9: flags */
GO_FIELD_OPTIONAL(mysql_addr, "github.com/go-sql-driver/mysql.Config", "Addr");
GO_FIELD_OPTIONAL(mysql_database, "github.com/go-sql-driver/mysql.Config", "DBName");

/* A program with SQLite alone has no network, so these are not connection.h's. */
GO_TYPE(tcp_conn, "*net.TCPConn");
GO_TYPE(tls_conn, "*crypto/tls.Conn");
GO_FIELD_OPTIONAL(tls_conn_conn, "crypto/tls.Conn", "conn");
GO_FIELD_OPTIONAL(tcp_conn_fd, "net.TCPConn", "conn.fd");
GO_FIELD_OPTIONAL(net_fd_raddr, "net.netFD", "raddr");
GO_FIELD_OPTIONAL(tcp_addr_ip, "net.TCPAddr", "IP");
GO_FIELD_OPTIONAL(tcp_addr_port, "net.TCPAddr", "Port");

SPAN_ATTR_GO_PATH(attr_driver, "zs.driver");
SPAN_ATTR_TEXT(attr_host, "zs.host"); /* a name or address, perhaps with the port, or a socket's path */
SPAN_ATTR_INT(attr_port, "zs.port");
SPAN_ATTR_BOOL(attr_mariadb, "zs.mariadb");
SPAN_ATTR_TEXT(attr_namespace, "db.namespace");
SPAN_ATTR_ADDR(attr_peer, "network.peer");

/* Names of hosts have 253 bytes at most, paths of sockets 108 and names of databases 64. */
#define NAME_MAX_BYTES 256

/* Type of a *DB's connector; where that is database/sql's own for drivers that have none, of the driver in it. */
static __always_inline __u64 driver_of_db(struct zs_call *call, __u64 db)
{
	struct go_interface connector;
	__u64 type;

	if (!db || go_read(&connector, sizeof(connector), db + db_connector))
		return 0;
	type = go_dynamic_type(connector.itab, call->bias);
	if (type && type == dsn_connector && dsn_driver != ZS_NO_FIELD)
		type = go_dynamic_type(go_read_pointer(connector.data + dsn_driver), call->bias);
	return type;
}

/* Appends the Go string at address, if the driver has the field and no program has put a novel there. */
static __always_inline void read_name(struct zs_call *call, __u16 id, __u64 object, __u32 field)
{
	struct go_string name;

	if (!object || field == ZS_NO_FIELD || go_read(&name, sizeof(name), object + field))
		return;
	if (name.length > NAME_MAX_BYTES)
		zs_count(ZS_LOST_RECORD_FULL);
	else
		zs_attr_text(call->slot, id, name.data, name.length);
}

static __always_inline void read_port(struct zs_call *call, __u64 object, __u32 field)
{
	__u16 port;

	if (field != ZS_NO_FIELD && !go_read(&port, sizeof(port), object + field))
		zs_attr_int(call->slot, attr_port, port);
}

/* Appends the other end of a net.Conn at address, if it is one of TCP. */
static __always_inline void read_peer(struct zs_call *call, __u64 object, __u32 field)
{
	struct go_interface conn, addr;
	__u8 address[16] = {[10] = 0xff, 0xff};
	struct go_slice ip;
	__u64 type, port;

	if (!object || field == ZS_NO_FIELD || go_read(&conn, sizeof(conn), object + field))
		return;
	type = go_dynamic_type(conn.itab, call->bias);
	if (type && type == tls_conn) {
		if (tls_conn_conn == ZS_NO_FIELD || go_read(&conn, sizeof(conn), conn.data + tls_conn_conn))
			return;
		type = go_dynamic_type(conn.itab, call->bias);
	}
	if (!type || type != tcp_conn || tcp_conn_fd == ZS_NO_FIELD || net_fd_raddr == ZS_NO_FIELD ||
	    tcp_addr_ip == ZS_NO_FIELD || tcp_addr_port == ZS_NO_FIELD)
		return;
	if (go_read(&addr, sizeof(addr), go_read_pointer(conn.data + tcp_conn_fd) + net_fd_raddr) || !addr.data ||
	    go_read(&ip, sizeof(ip), addr.data + tcp_addr_ip) ||
	    go_read(&port, sizeof(port), addr.data + tcp_addr_port))
		return;
	if (ip.length == 4 ? go_read(address + 12, 4, ip.data) : ip.length != 16 || go_read(address, 16, ip.data))
		return;
	zs_attr_addr(call->slot, attr_peer, address, port);
}

/*
 * pgx remembers what the program asked for and not which of several hosts answered. Each host stands there twice where
 * TLS is a wish: with it and without. Then all have the same string.
 */
static __always_inline int pgx_hosts_differ(__u64 conn)
{
	struct go_string first, last;
	struct go_slice others;

	if (pgx_host == ZS_NO_FIELD || pgx_fallbacks == ZS_NO_FIELD ||
	    go_read(&others, sizeof(others), conn + pgx_fallbacks))
		return 1;
	if (!others.length)
		return 0;
	return pgx_fallback_host == ZS_NO_FIELD || go_read(&first, sizeof(first), conn + pgx_host) ||
	       go_read(&last, sizeof(last),
		       go_read_pointer(others.data + (others.length - 1) * sizeof(__u64)) + pgx_fallback_host) ||
	       first.data != last.data || first.length != last.length;
}

/* CLIENT_MYSQL in what the server says it can: MariaDB leaves it out since 10.2, so that one can tell. */
#define CAPABILITY_MYSQL 1

static __always_inline void read_mysql(struct zs_call *call, __u64 conn)
{
	__u64 config = go_read_pointer(conn + mysql_conn_cfg);
	__u32 capabilities;

	read_name(call, attr_host, config, mysql_addr);
	read_name(call, attr_namespace, config, mysql_database);
	if (mysql_capabilities != ZS_NO_FIELD && !go_read(&capabilities, sizeof(capabilities), conn + mysql_capabilities) &&
	    !(capabilities & CAPABILITY_MYSQL))
		zs_attr_bool(call->slot, attr_mariadb, 1);
	read_peer(call, conn, mysql_conn_net);
}

static __always_inline void read_pgx(struct zs_call *call, __u64 conn)
{
	__u64 pg_conn = 0;

	if (!pgx_hosts_differ(conn)) {
		read_name(call, attr_host, conn, pgx_host);
		read_port(call, conn, pgx_port);
	}
	read_name(call, attr_namespace, conn, pgx_database);
	if (pgx_conn_conn != ZS_NO_FIELD && pgx_pg_conn != ZS_NO_FIELD)
		pg_conn = go_read_pointer(go_read_pointer(conn + pgx_conn_conn) + pgx_pg_conn);
	read_peer(call, pg_conn, pgx_pg_conn_conn);
}

/* Appends what is known of a driver's connection. */
static __always_inline void read_server(struct zs_call *call, struct go_interface conn)
{
	__u64 type = go_dynamic_type(conn.itab, call->bias);

	zs_attr_go_path(call->slot, attr_driver, type);
	if (!type)
		return;
	if (type == pq_conn) {
		read_name(call, attr_host, conn.data, pq_host);
		read_port(call, conn.data, pq_port);
		read_name(call, attr_namespace, conn.data, pq_database);
		read_peer(call, conn.data, pq_conn_c);
	} else if (type == pgx_conn) {
		read_pgx(call, conn.data);
	} else if (type == mysql_conn && mysql_conn_cfg != ZS_NO_FIELD) {
		read_mysql(call, conn.data);
	}
}

/* The same of a *driverConn. */
static __always_inline void read_conn(struct zs_call *call, __u64 driver_conn)
{
	struct go_interface conn;

	if (driver_conn && !go_read(&conn, sizeof(conn), driver_conn + driver_conn_ci))
		read_server(call, conn);
}
