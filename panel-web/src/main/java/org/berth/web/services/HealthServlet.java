package org.berth.web.services;

import jakarta.inject.Inject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.berth.services.Health;
import org.berth.services.HealthView;
import org.berth.web.security.CurrentActor;

/**
 * Answers whether the panel works; the unit's start check and a watching system ask it. Anybody gets the word, and 503
 * when sites cannot be changed; administrators get the reasons.
 */
@WebServlet("/health")
public class HealthServlet extends HttpServlet {

    private static final Jsonb JSON = JsonbBuilder.create();

    @Inject
    private transient Health health;

    @Inject
    private transient CurrentActor current;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var view = view();
        response.setStatus(
                view.status() == HealthView.Status.UNHEALTHY
                        ? HttpServletResponse.SC_SERVICE_UNAVAILABLE
                        : HttpServletResponse.SC_OK);
        response.setContentType("application/json;charset=UTF-8");
        response.getWriter().println(JSON.toJson(HealthJson.of(view, current.locale())));
    }

    private HealthView view() {
        return current.isAdministrator()
                ? health.view(current.actor())
                : new HealthView(health.status(), List.of(), List.of());
    }
}
