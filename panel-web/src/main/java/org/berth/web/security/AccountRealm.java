package org.berth.web.security;

import jakarta.enterprise.inject.spi.CDI;
import org.apache.shiro.authc.AuthenticationInfo;
import org.apache.shiro.authc.AuthenticationToken;
import org.apache.shiro.authc.SimpleAuthenticationInfo;
import org.apache.shiro.authc.UsernamePasswordToken;
import org.apache.shiro.authc.credential.AllowAllCredentialsMatcher;
import org.apache.shiro.realm.AuthenticatingRealm;
import org.berth.accounts.Authentication;
import org.berth.security.Via;

/** Leaves the decision who somebody is to {@link Authentication}; what they may do, boundaries decide. */
class AccountRealm extends AuthenticatingRealm {

    AccountRealm() {
        setName("accounts");
        // The boundary has compared the password already, and slowly.
        setCredentialsMatcher(new AllowAllCredentialsMatcher());
    }

    @Override
    public boolean supports(AuthenticationToken token) {
        return token instanceof UsernamePasswordToken || token instanceof ProvenToken;
    }

    @Override
    protected AuthenticationInfo doGetAuthenticationInfo(AuthenticationToken token) {
        var who = token instanceof ProvenToken proven ? proven.who() : authenticate((UsernamePasswordToken) token);
        return new SimpleAuthenticationInfo(SessionHolder.of(who), "", getName());
    }

    private static org.berth.accounts.Authenticated authenticate(UsernamePasswordToken token) {
        return CDI.current()
                .select(Authentication.class)
                .get()
                .authenticate(token.getUsername(), new String(token.getPassword()), token.getHost(), Via.WEB);
    }
}
