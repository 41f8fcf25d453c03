package org.berth.web.frame;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.berth.web.security.CurrentActor;

/**
 * The line on which an open page hears that something changed (server-sent events). It says which topics; the page
 * fetches the parts that show them, as whoever it is then.
 */
@WebServlet(urlPatterns = "/live", asyncSupported = true)
public class LiveServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient CurrentActor current;

    @Inject
    private transient LiveJobs live;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        response.setContentType("text/event-stream;charset=UTF-8");
        // The front must pass each event on as it comes.
        response.setHeader("X-Accel-Buffering", "no");
        var line = request.startAsync();
        var listener =
                new Listener(line, current.actor().accountId(), current.actor().isAdministrator());
        live.listen(listener);
        // The page looks again when its line stands: from here on nothing may be missed.
        listener.hear("retry: 3000\n\n");
    }
}
