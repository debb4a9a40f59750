/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Routers that net/http's handlers are chosen by. Their objects hold the request, or a copy of it that middleware made:
 * what proves that it is the same one is where its target's text lies, which all copies share and no other request does.
 */
#include <zerospan/probe.bpf.h>
#include <zerospan/route.h>

GO_FIELD_OPTIONAL(req_request_uri, "net/http.Request", "RequestURI");

GO_FIELD_OPTIONAL(gin_request, "github.com/gin-gonic/gin.Context", "Request");
GO_FIELD_OPTIONAL(gin_full_path, "github.com/gin-gonic/gin.Context", "fullPath");

GO_FIELD_OPTIONAL(echo_request, "github.com/labstack/echo/v4.context", "request");
GO_FIELD_OPTIONAL(echo_path, "github.com/labstack/echo/v4.context", "path");

GO_FIELD_OPTIONAL(chi_parent, "github.com/go-chi/chi/v5.Context", "parentCtx");
GO_FIELD_OPTIONAL(chi_patterns, "github.com/go-chi/chi/v5.Context", "RoutePatterns");

GO_FIELD_OPTIONAL(mux_path, "github.com/gorilla/mux.Route", "routeConf.regexp.path");
GO_FIELD_OPTIONAL(mux_template, "github.com/gorilla/mux.routeRegexp", "template");

/* (*ServeMux).ServeHTTP(w ResponseWriter, r *Request): RDI = r, which may be a copy. Routers behind it say more. */
GO_START_OPTIONAL("net/http.(*ServeMux).ServeHTTP")
int serve_mux(void *ctx)
{
	struct zs_route *route = zs_route_of(ctx);
	__u64 request = go_arg(ctx, 4);

	if (!route || route->kind || req_request_uri == ZS_NO_FIELD)
		return 0;
	return zs_route_note(route, ZS_ROUTE_REQUEST, request, request + req_request_uri, ZS_PROOF_DIRECT, 0);
}

/* (*Engine).handleHTTPRequest(c *Context): RBX = c, from a pool */
GO_START_OPTIONAL("github.com/gin-gonic/gin.(*Engine).handleHTTPRequest")
int gin_handle(void *ctx)
{
	struct zs_route *route = zs_route_of(ctx);
	__u64 context = go_arg(ctx, 2);

	if (!route || gin_request == ZS_NO_FIELD || gin_full_path == ZS_NO_FIELD || req_request_uri == ZS_NO_FIELD)
		return 0;
	return zs_route_note(route, ZS_ROUTE_TEXT, context + gin_full_path, context + gin_request, req_request_uri, 0);
}

/* (*Router).Find(method, path string, c Context): RDI, RSI = path; R8, R9 = c, a *context from a pool */
GO_START_OPTIONAL("github.com/labstack/echo/v4.(*Router).Find")
int echo_find(void *ctx)
{
	struct zs_route *route = zs_route_of(ctx);
	__u64 context = go_arg(ctx, 7);

	if (!route || echo_request == ZS_NO_FIELD || echo_path == ZS_NO_FIELD || req_request_uri == ZS_NO_FIELD)
		return 0;
	return zs_route_note(route, ZS_ROUTE_TEXT, context + echo_path, context + echo_request, req_request_uri,
			     go_arg(ctx, 4));
}

/*
 * (*node).FindRoute(rctx *Context, method methodTyp, path string), of each router on the way: RBX = rctx, from a pool.
 * It knows no request; the context in which it was made is the request's own as well.
 */
GO_START_OPTIONAL("github.com/go-chi/chi/v5.(*node).FindRoute")
int chi_find(void *ctx)
{
	struct zs_route *route = zs_route_of(ctx);
	__u64 context = go_arg(ctx, 2);

	if (!route || chi_parent == ZS_NO_FIELD || chi_patterns == ZS_NO_FIELD)
		return 0;
	return zs_route_note(route, ZS_ROUTE_PARTS, context + chi_patterns,
			     context + chi_parent + GO_INTERFACE_DATA, ZS_PROOF_DIRECT, 0);
}

/* requestWithRoute(r *http.Request, route *Route): RBX = route, which the router keeps */
GO_START_OPTIONAL("github.com/gorilla/mux.requestWithRoute")
int mux_matched(void *ctx)
{
	struct zs_route *route = zs_route_of(ctx);
	__u64 path;

	if (!route || mux_path == ZS_NO_FIELD || mux_template == ZS_NO_FIELD)
		return 0;
	path = go_read_pointer(go_arg(ctx, 2) + mux_path);
	return path ? zs_route_note(route, ZS_ROUTE_TEXT, path + mux_template, 0, ZS_PROOF_DIRECT, 0) : 0;
}
