package org.berth.web.security;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.shiro.web.filter.InvalidRequestFilter;
import org.berth.platform.Problem;
import org.berth.web.platform.Api;

/**
 * Knows nothing at addresses that two programs may read differently: with semicolons, backslashes or dots that lead
 * elsewhere. Letters of all scripts are fine, since names of sites have them.
 */
class OddAddressFilter extends InvalidRequestFilter {

    OddAddressFilter() {
        setBlockNonAscii(false);
    }

    @Override
    protected boolean onAccessDenied(ServletRequest request, ServletResponse response) throws IOException {
        var page = (HttpServletRequest) request;
        if (page.getRequestURI().startsWith(Api.PATH)) {
            ApiRefusal.send(
                    request,
                    response,
                    HttpServletResponse.SC_NOT_FOUND,
                    Problem.of("no-such-address", page.getMethod(), page.getRequestURI()));
        } else {
            ((HttpServletResponse) response).sendError(HttpServletResponse.SC_NOT_FOUND);
        }
        return false;
    }
}
