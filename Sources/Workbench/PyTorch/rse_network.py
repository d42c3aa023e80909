"""A network of symbols that rse has saved, as a PyTorch module. Needs PyTorch alone.

    network = Network("badd.safetensors")
    logits = network(torch.tensor([[2, 2, 1, 2, 11, 1, 2, 2, 1, 0, 0, 0, 0, 0, 0, 0]]))

Symbols are [batch, length], the length a power of two; 0 is the blank that fills a sequence up. Logits are
[batch, length, classes]. Networks: rse, with either norm and either tying, and se.
"""
import json
import math

import numpy
import torch


class Network(torch.nn.Module):
    def __init__(self, path):
        super().__init__()
        with open(path, "rb") as file:
            entries = json.loads(file.read(int.from_bytes(file.read(8), "little")))
            data = file.read()
        self.form = entries.pop("__metadata__")
        if self.form["network"] not in ("rse", "se") or "embedding" not in entries:
            raise ValueError(f"{path} is not a network rse or se of symbols")
        self.values = torch.nn.ParameterDict()
        for name, entry in entries.items():
            if not name.startswith(("log.", "optimizer.")):
                kind = {"F16": "<f2", "F32": "<f4"}[entry["dtype"]]
                first, end = entry["data_offsets"]
                value = numpy.frombuffer(data[first:end], kind).astype("f4").reshape(entry["shape"])
                self.values[name.replace(".", "/")] = torch.nn.Parameter(torch.from_numpy(value))

    def forward(self, symbols):
        x = self.values["embedding"][symbols]
        is_gated = self.form["network"] == "se"
        x = torch.tanh(30 * x) if is_gated else x
        inputs, blocks, steps = [], int(self.form["blocks"]), int(math.log2(symbols.shape[1])) - 1
        for unit, direction in self.layers(blocks, steps):
            # The skip input of the gated network: the input of the layer one block before.
            skip = inputs[-2 * steps] if 0 < 2 * steps <= len(inputs) and blocks > 1 else None
            inputs.append(x)
            x = self.gated(unit, x, skip) if is_gated else self.residual(unit, x)
            if direction == "left":  # output j is input 2j mod n, and one more in the second half
                x = torch.cat([x[:, 0::2], x[:, 1::2]], 1)
            elif direction == "right":
                x = torch.stack(x.chunk(2, 1), 2).flatten(1, 2)
        return x @ self.values["output/weight"] + self.values["output/bias"]

    def layers(self, blocks, steps):
        names = (
            ["first"] + ["forward"] * (steps - 1) + ["middle"] + ["backward"] * (steps - 1)
            if self.form.get("tying") == "plain"
            else ["forward"] * steps + ["reverse"] * steps
        )
        for block in range(blocks if steps else 0):
            for number, name in enumerate(names):
                yield f"blocks/{block}/{name}", "left" if number < steps else "right"
        yield "last", None

    def residual(self, unit, x):
        expand, offset, contract, bias, residual = (
            self.values[f"{unit}/{name}"] for name in ("expand", "offset", "contract", "bias", "residual")
        )
        pairs = x.reshape(x.shape[0], -1, 2 * x.shape[2])
        h = pairs @ expand
        if self.form["norm"] == "positions":
            h = 2 * (h - h.mean(1, keepdim=True)) + offset
            h = h * torch.rsqrt(h.square().mean(1, keepdim=True) + 1e-10)
        else:
            h = h - h.mean(2, keepdim=True) + offset
            h = h * torch.rsqrt(h.square().mean(2, keepdim=True) + 1e-10)
        candidate = (h * torch.sigmoid(1.702 * h)) @ contract + bias
        weight = 0.25 * math.sqrt(1 - 0.9**2)
        return (torch.sigmoid(2 * residual) * pairs + weight * candidate).reshape(x.shape)

    def gated(self, unit, x, skip):
        def linear(name, value):
            return value @ self.values[f"{unit}/{name}/weight"] + self.values[f"{unit}/{name}/bias"]

        batch, length, maps = x.shape
        u = x if skip is None else x + skip * self.values[f"{unit}/scale"]
        u = u.reshape(batch, -1, 2 * maps)
        resets = [torch.sigmoid(linear(f"reset{k}", u) + 0.5) for k in (1, 2)]
        c = torch.cat([linear(f"candidate{k}", u * resets[k - 1]) for k in (1, 2)], 2).tanh()
        z = torch.sigmoid(linear("gate", u) + 0.5)
        first, second = x.reshape(batch, -1, 2, maps).unbind(2)
        half = maps // 2
        swapped = [torch.cat([b[..., :half], a[..., half:]], 2) for a, b in ((first, second), (second, first))]
        return (z * torch.cat(swapped, 2) + (1 - z) * c).reshape(x.shape)
