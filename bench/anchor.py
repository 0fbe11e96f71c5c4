"""One of AWS's own rotation functions, run as it is: secrets and tokens come in by line, the milliseconds of its four
steps go out. Arguments: the file of the function, the authority of the database (PEM), and "local" for a Secrets Manager
in this process or "http" for the one boto3 finds in the environment."""

import json
import logging
import os
import secrets
import string
import sys
import time

import boto3


class NotFound(Exception):
    pass


class LocalSecretsManager:
    """What these functions call of boto3's client, with a few dictionaries behind it."""

    class exceptions:
        ResourceNotFoundException = NotFound

    def __init__(self):
        self.values = {}
        self.labels = {}

    def add(self, secret, text):
        self.values[secret] = {"first": text}
        self.labels[secret] = {"AWSCURRENT": "first"}

    def begin(self, secret, token):
        self.labels[secret]["AWSPENDING"] = token

    def describe_secret(self, SecretId):
        stages = {}
        for label, version in self.labels[SecretId].items():
            stages.setdefault(version, []).append(label)
        return {"RotationEnabled": True, "VersionIdsToStages": stages}

    def get_secret_value(self, SecretId, VersionStage, VersionId=None):
        version = self.labels[SecretId].get(VersionStage)
        text = self.values[SecretId].get(version)
        if text is None or VersionId not in (None, version):
            raise NotFound()
        return {"ARN": SecretId, "VersionId": version, "SecretString": text}

    def put_secret_value(self, SecretId, ClientRequestToken, SecretString, VersionStages):
        self.values[SecretId][ClientRequestToken] = SecretString

    def get_random_password(self, **_):
        return {"RandomPassword": "".join(secrets.choice(string.ascii_letters) for _ in range(32))}

    def update_secret_version_stage(self, SecretId, VersionStage, MoveToVersionId=None, RemoveFromVersionId=None):
        if MoveToVersionId is None:
            del self.labels[SecretId][VersionStage]
        else:
            self.labels[SecretId]["AWSPREVIOUS"] = RemoveFromVersionId
            self.labels[SecretId][VersionStage] = MoveToVersionId


def main(file, authority, where):
    local = LocalSecretsManager()
    os.environ.setdefault("SECRETS_MANAGER_ENDPOINT", os.environ.get("AWS_ENDPOINT_URL", ""))
    if where == "local":
        boto3.client = lambda *_, **__: local
    with open(file, encoding="utf-8") as opened:
        # The one line that depends on the machine it runs on.
        source = opened.read().replace("/etc/pki/tls/cert.pem", authority)
    function = {"__name__": "lambda_function"}
    exec(compile(source, file, "exec"), function)  # noqa: S102
    logging.disable(logging.CRITICAL)
    for line in sys.stdin:
        asked = json.loads(line)
        secret, token = asked["secret"], asked.get("token")
        if token is None:
            local.add(secret, asked["text"])
            answer = {}
        else:
            if where == "local":
                local.begin(secret, token)
            started = time.perf_counter()
            for step in ["createSecret", "setSecret", "testSecret", "finishSecret"]:
                function["lambda_handler"]({"SecretId": secret, "ClientRequestToken": token, "Step": step}, None)
            answer = {"took": (time.perf_counter() - started) * 1000}
        print(json.dumps(answer), flush=True)


main(*sys.argv[1:])
