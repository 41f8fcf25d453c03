package org.berth.web.security;

import org.apache.shiro.authc.AuthenticationToken;
import org.berth.accounts.Authenticated;

/** Somebody who just proved in another way who they are: by their old password, when they chose a new one. */
record ProvenToken(Authenticated who) implements AuthenticationToken {

    @Override
    public Object getPrincipal() {
        return who.actor().name();
    }

    @Override
    public Object getCredentials() {
        return "";
    }
}
