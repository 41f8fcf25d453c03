package org.berth.web.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.berth.accounts.AccountView;
import org.berth.accounts.Authenticated;
import org.berth.security.Actor;

/**
 * Who sent the request at hand.
 *
 * @param account the account as it is now; empty for root on the host
 */
record Identity(Actor actor, Optional<AccountView> account) {

    private static final String ATTRIBUTE = Identity.class.getName();

    /** Root, over the front's unix socket. */
    static final Identity ROOT = new Identity(Actor.ROOT, Optional.empty());

    static Identity of(Authenticated who) {
        return new Identity(who.actor(), Optional.of(who.account()));
    }

    /** What {@link IdentityFilter} found out. */
    static Optional<Identity> of(HttpServletRequest request) {
        return Optional.ofNullable((Identity) request.getAttribute(ATTRIBUTE));
    }

    void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** Whether nothing but a new password is allowed now. */
    boolean mustChangePassword() {
        return account.filter(AccountView::passwordOneTime).isPresent();
    }
}
