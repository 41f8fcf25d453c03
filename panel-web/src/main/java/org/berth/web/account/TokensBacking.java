package org.berth.web.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.berth.accounts.ApiTokens;
import org.berth.accounts.TokenDraft;
import org.berth.accounts.TokenView;
import org.berth.platform.PageRequest;
import org.berth.web.frame.Notices;
import org.berth.web.frame.Redirect;
import org.berth.web.frame.Say;
import org.berth.web.security.CurrentActor;

/** Tokens with which programs act for the person. */
@Named
@RequestScoped
public class TokensBacking {

    private static final int MANY = 200;
    private static final String ADDRESS = "/account/tokens";

    @Inject
    private CurrentActor current;

    @Inject
    private HttpServletRequest request;

    @Inject
    private ApiTokens tokens;

    @Inject
    private Notices notices;

    @Inject
    private Say say;

    private List<TokenView> all;
    private String name = "";
    private int expiresInDays = 90;

    /** Newest first. */
    public List<TokenView> getAll() {
        if (all == null) {
            all = tokens.list(current.actor(), PageRequest.first(MANY)).rows();
        }
        return all;
    }

    /** Makes one; the next page shows its secret, that once. */
    public String create() {
        var made = tokens.create(current.actor(), new TokenDraft(name, expiresInDays));
        notices.show(say.text("tokens.created", made.token().name()), say.text("tokens.once"), made.secret());
        return Redirect.to(ADDRESS);
    }

    /** Ends the one whose row was clicked. */
    public String revoke() {
        var id = Optional.ofNullable(request.getParameter("token"))
                .filter(text -> text.matches("\\d{1,18}"))
                .orElse("0");
        notices.tell(say.text(
                "tokens.revoked",
                tokens.revoke(current.actor(), Long.parseLong(id)).name()));
        return Redirect.to(ADDRESS);
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public int getExpiresInDays() {
        return expiresInDays;
    }

    public void setExpiresInDays(int expiresInDays) {
        this.expiresInDays = expiresInDays;
    }
}
