"""What a person decides: 疑似重复, and 两处填写不一致."""
