import { describe, expect, it } from "vitest";
import { loadTensorflow } from "../../../src/model/ops/tensorflow.js";

describe("TensorFlow's backends", () => {
  it.each(["webgpu", "gpu", "portable"] as const)(
    "%s refuses a precision that it does not have",
    async (backend) => {
      await expect(loadTensorflow(backend, "bf16")).rejects.toMatchObject({
        code: "CONFIG",
        message: expect.stringContaining("choose --backend native"),
      });
    },
  );
});
