"""The application with a clock around it: each answer says how long the server took for it."""

import time

from django.core.wsgi import get_wsgi_application

from tools.bench.arrangement import arrange

HEADER = "X-Server-Seconds"
arrange()
served = get_wsgi_application()


def application(environ, start_response):
    began = time.perf_counter()

    def start(status, headers, *error):
        taken = time.perf_counter() - began
        return start_response(status, [*headers, (HEADER, f"{taken:.6f}")], *error)

    return served(environ, start)
