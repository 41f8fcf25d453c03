package org.berth.web.services;

import jakarta.annotation.Resource;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Answers whether the panel works; the unit's start check and a watching system ask it. */
@WebServlet("/health")
public class HealthServlet extends HttpServlet {

    private static final int SECONDS = 2;

    @Resource(lookup = "java:app/jdbc/berth")
    private transient DataSource database;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var healthy = databaseAnswers();
        response.setStatus(healthy ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println(healthy ? "healthy" : "unhealthy");
    }

    private boolean databaseAnswers() {
        try (var connection = database.getConnection()) {
            return connection.isValid(SECONDS);
        } catch (SQLException unreachable) {
            log("The database does not answer", unreachable);
            return false;
        }
    }
}
