package org.berth.web.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;

/**
 * The box by which somebody says that what was refused is wanted all the same ({@code b:confirmed}). A form has it only once
 * something was refused, so no component is there that would take the answer.
 */
@RequestScoped
public class ConfirmBox {

    @Inject
    private HttpServletRequest request;

    public boolean isTicked() {
        return request.getParameter("confirmed") != null;
    }
}
