"""The first start (初次使用): pages over app.services.first_start."""
