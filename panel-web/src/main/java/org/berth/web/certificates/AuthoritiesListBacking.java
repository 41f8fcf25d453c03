package org.berth.web.certificates;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.berth.certificates.AcmeDirectories;
import org.berth.certificates.DirectoryView;
import org.berth.web.security.CurrentActor;

/** The authorities that issue certificates, for administrators. */
@Named
@RequestScoped
public class AuthoritiesListBacking {

    @Inject
    private CurrentActor current;

    @Inject
    private AcmeDirectories directories;

    private List<DirectoryView> all;

    /** The default first. */
    public List<DirectoryView> getAll() {
        if (all == null) {
            all = directories.list(current.actor());
        }
        return all;
    }

    /** Whether a site could get a certificate. */
    public boolean isAnyReady() {
        return getAll().stream().anyMatch(DirectoryView::ready);
    }
}
