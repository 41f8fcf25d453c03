package org.berth.sites;

import org.berth.jobs.JobFacts;
import org.berth.jobs.JobRecipe;
import org.berth.security.Permission;

/** What the recipes of sites have in common: {@code site-<action>} needs the permission {@code site:<action>}. */
abstract class SiteRecipe implements JobRecipe {

    private final String action;

    SiteRecipe(String action) {
        this.action = action;
    }

    @Override
    public String type() {
        return "site-" + action;
    }

    @Override
    public Permission permission(JobFacts job) {
        return Permission.on("site", action, job.ownerId(), job.site());
    }
}
