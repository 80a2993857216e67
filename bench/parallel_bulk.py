"""Delivers lines of JSON with the parallel_bulk of Elasticsearch's own client, as its documentation shows it."""
import json
import sys

from elasticsearch import Elasticsearch
from elasticsearch.helpers import parallel_bulk

path, url, stream = sys.argv[1:]


def actions():
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            yield {"_op_type": "create", "_index": stream, "_id": document["event"]["id"], "_source": document}


client = Elasticsearch(url, request_timeout=120)
for ok, item in parallel_bulk(client, actions(), thread_count=4, chunk_size=2000, max_chunk_bytes=5_000_000):
    if not ok:
        sys.exit(str(item))
