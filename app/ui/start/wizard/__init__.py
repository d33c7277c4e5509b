"""The first start (初次使用): pages over app.services.starting.first_start."""
