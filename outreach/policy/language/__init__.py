"""Policy files: their language; read, checked, with terms and parameters put in."""
