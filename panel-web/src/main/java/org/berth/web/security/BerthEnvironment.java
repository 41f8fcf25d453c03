package org.berth.web.security;

import java.util.List;
import org.apache.shiro.lang.util.Initializable;
import org.apache.shiro.web.env.DefaultWebEnvironment;
import org.apache.shiro.web.filter.mgt.DefaultFilter;
import org.apache.shiro.web.filter.mgt.DefaultFilterChainManager;
import org.apache.shiro.web.filter.mgt.FilterChainManager;
import org.apache.shiro.web.filter.mgt.PathMatchingFilterChainResolver;
import org.apache.shiro.web.mgt.DefaultWebSecurityManager;

/** Shiro for the panel: one realm, sessions of the server, no remember-me, and the rules for every path. */
public class BerthEnvironment extends DefaultWebEnvironment implements Initializable {

    @Override
    public void init() {
        var security = new DefaultWebSecurityManager();
        security.setRememberMeManager(null);
        setWebSecurityManager(security);
        var resolver = new PathMatchingFilterChainResolver();
        resolver.setFilterChainManager(rules());
        setFilterChainResolver(resolver);
    }

    /** First match wins; what no earlier rule names falls to the last one. */
    private static FilterChainManager rules() {
        var rules = new DefaultFilterChainManager();
        rules.setGlobalFilters(List.of(DefaultFilter.invalidRequest.name()));
        rules.createChain("/health", "anon");
        rules.createChain("/jakarta.faces.resource/**", "anon");
        rules.createChain("/**", "authc");
        return rules;
    }
}
