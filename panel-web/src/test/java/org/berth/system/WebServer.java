package org.berth.system;

/** The sites' web server, made to stand in the way of a job. */
final class WebServer {

    private WebServer() {}

    /** While its lock is held, the last thing that a new site needs does not happen. */
    static void waits(Runnable meanwhile) {
        HeldLock.during("nginx", () -> {
            meanwhile.run();
            return null;
        });
    }

    /** A file that is mounted upon cannot be replaced, not even by root: what one site changes fails, and only that. */
    static void refuses(int site, Runnable meanwhile) {
        var file = "/etc/berth/nginx/sites/" + site + ".conf";
        LabHost.run("mount", "--bind", file, file);
        try {
            meanwhile.run();
        } finally {
            LabHost.run("umount", file);
        }
    }
}
