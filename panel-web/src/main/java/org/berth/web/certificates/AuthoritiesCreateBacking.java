package org.berth.web.certificates;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.berth.certificates.AcmeDirectories;
import org.berth.security.Permission;
import org.berth.web.frame.Notices;
import org.berth.web.frame.Redirect;
import org.berth.web.frame.Say;
import org.berth.web.security.CurrentActor;

/** An authority that an administrator is about to add. */
@Named
@RequestScoped
public class AuthoritiesCreateBacking {

    @Inject
    private CurrentActor current;

    @Inject
    private AcmeDirectories directories;

    @Inject
    private Notices notices;

    @Inject
    private Say say;

    private final AuthorityForm form = new AuthorityForm();

    public AuthorityForm getForm() {
        return form;
    }

    /** Whether the actor may be here at all. */
    public boolean isAllowed() {
        current.actor().require(Permission.on("authority", "create"));
        return true;
    }

    public String create() {
        var made = directories.create(current.actor(), form.draft());
        notices.tell(say.text(made.ready() ? "authorities.created" : "authorities.created.terms", made.name()));
        return Redirect.to("/authorities/" + made.id());
    }
}
