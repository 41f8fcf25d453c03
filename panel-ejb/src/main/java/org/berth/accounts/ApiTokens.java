package org.berth.accounts;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import org.berth.audit.AuditTarget;
import org.berth.audit.Audited;
import org.berth.platform.Conflict;
import org.berth.platform.Listing;
import org.berth.platform.NotFound;
import org.berth.platform.Page;
import org.berth.platform.PageRequest;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.security.Permission;
import org.berth.security.Secrets;

/** Tokens for the API; everybody sees, makes and revokes their own. */
@Stateless
public class ApiTokens {

    /** Lets a scanner for leaked secrets recognize one. */
    private static final String PREFIX = "berth_";

    private static final Listing<ApiToken> LISTING = Listing.downBy(ApiToken.class, "id")
            .sortable("name", "name")
            .sortable("created", "createdAt")
            .sortable("lastUsed", "lastUsedAt")
            .searched("name");

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private AccountRows accounts;

    @Inject
    private Clock clock;

    /** The actor's tokens, newest first; sortable by name, created, lastUsed. */
    public Page<TokenView> list(Actor actor, PageRequest request) {
        var page = LISTING.page(
                entities, request, (query, builder, token) -> builder.equal(token.get("accountId"), actor.accountId()));
        return new Page<>(page.rows().stream().map(ApiToken::view).toList(), page.total());
    }

    /** Makes a token for the actor's own account. */
    @Audited("token:create")
    public NewToken create(Actor actor, TokenDraft draft) {
        actor.require(Permission.on("token", "create", actor.accountId(), 0));
        if (accounts.byId(actor.accountId()).isEmpty()) {
            throw new Conflict(Problem.of("account-needed", actor.name()));
        }
        var secret = PREFIX + Secrets.token();
        var token = new ApiToken(actor.accountId(), secret, draft, clock.instant());
        entities.persist(token);
        entities.flush();
        return new NewToken(token.view(), secret);
    }

    /** Ends a token at once. */
    @Audited("token:revoke")
    public TokenView revoke(Actor actor, @AuditTarget long id) {
        var token = entities.find(ApiToken.class, id);
        if (token == null || token.accountId() != actor.accountId()) {
            throw new NotFound(Problem.of("token-unknown", id));
        }
        entities.remove(token);
        return token.view();
    }
}
