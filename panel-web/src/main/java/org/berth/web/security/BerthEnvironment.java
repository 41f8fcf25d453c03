package org.berth.web.security;

import java.util.List;
import org.apache.shiro.lang.util.Initializable;
import org.apache.shiro.web.env.DefaultWebEnvironment;
import org.apache.shiro.web.filter.mgt.DefaultFilterChainManager;
import org.apache.shiro.web.filter.mgt.FilterChainManager;
import org.apache.shiro.web.filter.mgt.PathMatchingFilterChainResolver;
import org.apache.shiro.web.mgt.DefaultWebSecurityManager;
import org.berth.web.platform.Api;

/** Shiro for the panel: one realm, sessions of the server, no remember-me, and the rules for every path. */
public class BerthEnvironment extends DefaultWebEnvironment implements Initializable {

    @Override
    public void init() {
        var security = new DefaultWebSecurityManager(new AccountRealm());
        security.setRememberMeManager(null);
        setWebSecurityManager(security);
        var resolver = new PathMatchingFilterChainResolver();
        resolver.setFilterChainManager(rules());
        setFilterChainResolver(resolver);
    }

    /** First match wins; what no earlier rule names falls to the last one. */
    private static FilterChainManager rules() {
        var rules = new DefaultFilterChainManager();
        rules.addFilter("identity", new IdentityFilter());
        rules.addFilter("api", new ApiGate());
        rules.addFilter("page", new PageGate());
        rules.addFilter("address", new OddAddressFilter());
        rules.setGlobalFilters(List.of("address"));
        rules.createChain("/health", "identity");
        rules.createChain("/jakarta.faces.resource/**", "anon");
        // The front asks here, for visitors of a preview; it lets nobody else through to this path.
        rules.createChain("/internal/preview", "anon");
        rules.createChain(PageGate.LOGIN, "identity");
        rules.createChain(Api.PATH + "/**", "identity, api");
        rules.createChain("/**", "identity, page");
        return rules;
    }
}
