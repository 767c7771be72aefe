#!/usr/bin/env bash
# Publishes the program and deploys the stack. Needs the AWS CLI with access to an account and a region.
#   samples/LambdaHost/deploy.sh STACK PARAMETER=VALUE...
# AWS_STACK_ROLE, if set, is the role that CloudFormation makes the resources with.
set -euo pipefail
cd "$(dirname "$0")/../.."

stack=${1:?"Expected the name of the stack, such as tradingbot, and then its parameters as Name=Value"}
shift
account=$(aws sts get-caller-identity --query Account --output text)
region=${AWS_REGION:-$(aws configure get region)}
bucket=tradingbot-deploy-$account-$region

dotnet publish samples/LambdaHost -c Release -o artifacts/lambda

# The service runs Amazon Linux 2023; a program that was linked against a newer C library does not start there.
needed=$(grep -haoE 'GLIBC_2\.[0-9]+' artifacts/lambda/bootstrap artifacts/lambda/*.so | sort -uV | tail -1)
if [ "$(printf '%s\n' "$needed" GLIBC_2.34 | sort -V | tail -1)" != GLIBC_2.34 ]; then
  echo "The program needs $needed, the service has GLIBC_2.34: publish it on an older system." >&2
  exit 1
fi

# The bucket for packages; the stack has another one for itself.
if ! aws s3api head-bucket --bucket "$bucket" 2>/dev/null; then
  aws s3 mb "s3://$bucket" --region "$region"
  aws s3api put-public-access-block --bucket "$bucket" \
    --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true
fi

aws cloudformation package --region "$region" --template-file samples/LambdaHost/template.yaml \
  --s3-bucket "$bucket" --output-template-file artifacts/lambda-template.yaml

arguments=(--region "$region" --stack-name "$stack" --template-file artifacts/lambda-template.yaml --capabilities CAPABILITY_IAM --no-fail-on-empty-changeset)
if [ -n "${AWS_STACK_ROLE:-}" ]; then
  arguments+=(--role-arn "$AWS_STACK_ROLE")
fi
if [ $# -gt 0 ]; then
  arguments+=(--parameter-overrides "$@")
fi
aws cloudformation deploy "${arguments[@]}"
aws cloudformation describe-stacks --region "$region" --stack-name "$stack" --query 'Stacks[0].Outputs[].[OutputKey,OutputValue]' --output table
