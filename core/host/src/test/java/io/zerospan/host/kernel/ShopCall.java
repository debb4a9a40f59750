package io.zerospan.host.kernel;

/**
 * What one asks the shop for, and the trace that must come of it: for each span its kind, service and name, then its
 * status, its database, operation and text, or its amount, and its failure. {@code BUYER} stands for somebody new in each run.
 */
enum ShopCall {
    LOOK("GET", "/items/tea", 200, """
            SERVER shop GET /items/{item} 200
              CLIENT shop GET 200
                SERVER stock GET /stock/{item} 200
                  CLIENT stock SELECT stock sqlite SELECT SELECT count FROM stock WHERE item = ?
            """),
    LOOK_FOR_NOTHING("GET", "/items/moon", 404, """
            SERVER shop GET /items/{item} 404
              CLIENT shop GET 404 FAILED 404
                SERVER stock GET /stock/{item} 404
                  CLIENT stock SELECT stock sqlite SELECT SELECT count FROM stock WHERE item = ?
            """),
    BUY("POST", "/checkout/BUYER?item=tea", 201, """
            SERVER shop POST /checkout/{buyer} 201
              CLIENT shop POST 200
                SERVER stock POST /stock/{item}/take 200
                  CLIENT stock UPDATE stock sqlite UPDATE UPDATE stock SET count = count - ? WHERE item = ?
              INTERNAL shop checkout
                CLIENT shop BEGIN postgresql BEGIN
                CLIENT shop INSERT orders postgresql INSERT INSERT INTO orders VALUES ($1, $2)
                CLIENT shop DELETE carts postgresql DELETE DELETE FROM carts WHERE buyer = $1 OR days > ?
                CLIENT shop COMMIT postgresql COMMIT
              INTERNAL shop charge tea 2.5 CHF
            """),
    BUY_AGAIN("POST", "/checkout/BUYER?item=tea", 409, """
            SERVER shop POST /checkout/{buyer} 409
              CLIENT shop POST 200
                SERVER stock POST /stock/{item}/take 200
                  CLIENT stock UPDATE stock sqlite UPDATE UPDATE stock SET count = count - ? WHERE item = ?
              INTERNAL shop checkout FAILED *pq.Error
                CLIENT shop BEGIN postgresql BEGIN
                CLIENT shop INSERT orders postgresql INSERT INSERT INTO orders VALUES ($1, $2) FAILED *pq.Error 23505
                CLIENT shop ROLLBACK postgresql ROLLBACK
            """),
    BUY_WHAT_IS_SOLD_OUT("POST", "/checkout/BUYER?item=cup", 409, """
            SERVER shop POST /checkout/{buyer} 409
              CLIENT shop POST 409 FAILED 409
                SERVER stock POST /stock/{item}/take 409
                  CLIENT stock UPDATE stock sqlite UPDATE UPDATE stock SET count = count - ? WHERE item = ? \
            FAILED *sqlite.Error 275
            """),
    REMEMBER("GET", "/orders/BUYER", 200, """
            SERVER shop GET /orders/{buyer} 200
              CLIENT shop SELECT orders postgresql SELECT \
            SELECT item FROM orders WHERE buyer = $1 AND item <> ? ORDER BY item
            """);

    final String method;
    final String path;
    final int status;
    final String tree;

    ShopCall(String method, String path, int status, String tree) {
        this.method = method;
        this.path = path;
        this.status = status;
        this.tree = tree;
    }

    int spans() {
        return (int) tree.lines().count();
    }
}
