/**
 * A reader of the pickles in which PyTorch lists a checkpoint's tensors. It runs nothing: of what a pickle may call
 * it knows ordered dictionaries and the rebuilding of tensors, and refuses everything else by name. Whoever wrote
 * the file cannot make it do anything. Source: Python's pickletools; torch/_utils.py.
 */
import { BioWeftError } from "../../core/errors.js";

/** A stretch of numbers in the file that tensors look into. */
interface PickledStorage {
  /** Such as `FloatStorage`. */
  readonly kind: string;
  /** Name of the file's part that holds it. */
  readonly key: string;
}

/** A tensor: a window on a storage. Offset and strides count numbers, not bytes. */
export interface PickledTensor {
  readonly storage: PickledStorage;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Value[]
  | Map<Value, Value>
  | PickledGlobal
  | PickledStorage
  | PickledTensor;

class PickledGlobal {
  constructor(readonly name: string) {}
}

const MARK = Symbol("mark");
const REBUILT = new Set(["torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor"]);

/** Reads the tensors of a state dictionary; throws MODEL for a pickle that holds anything else. */
export function parsePickle(bytes: Uint8Array, file: string): Map<string, PickledTensor> {
  const machine = new PickleMachine(bytes, file);
  const value = machine.run();
  if (!(value instanceof Map)) throw machine.refuse("it holds no dictionary of tensors");
  const tensors = new Map<string, PickledTensor>();
  for (const [name, entry] of value) {
    if (typeof name !== "string" || !isTensor(entry)) {
      throw machine.refuse(
        `"${String(name)}" is no tensor; save the model's state_dict() alone, not a training state`,
      );
    }
    tensors.set(name, entry);
  }
  return tensors;
}

class PickleMachine {
  private at = 0;
  private readonly view: DataView;
  private readonly stack: (Value | typeof MARK)[] = [];
  private readonly memo = new Map<number, Value>();

  constructor(
    private readonly bytes: Uint8Array,
    private readonly file: string,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Runs to the end; the value that the pickle stands for. */
  run(): Value {
    try {
      for (;;) {
        const code = String.fromCharCode(this.byte());
        if (code === ".") return this.pop();
        this.step(code);
      }
    } catch (fault) {
      if (fault instanceof BioWeftError) throw fault;
      throw this.refuse("it is cut or damaged; copy it again", fault);
    }
  }

  refuse(reason: string, cause?: unknown): BioWeftError {
    return new BioWeftError("MODEL", `is not a checkpoint that can be read: ${reason}`, {
      place: { file: this.file },
      cause,
    });
  }

  private step(code: string): void {
    if (this.pushesConstant(code) || this.remembers(code)) return;
    if (code === "(") this.stack.push(MARK);
    else if (code === "t") this.push(this.toMark());
    else if (code === "\x85") this.push(this.popMany(1));
    else if (code === "\x86") this.push(this.popMany(2));
    else if (code === "\x87") this.push(this.popMany(3));
    else if (code === "}") this.push(new Map());
    else if (code === "s") this.setItems(this.popMany(2));
    else if (code === "u") this.setItems(this.toMark());
    else if (code === "a") this.extend(this.popMany(1));
    else if (code === "e") this.extend(this.toMark());
    else if (code === "c") this.push(this.global(this.line(), this.line()));
    else if (code === "\x93") this.push(this.stackGlobal());
    else if (code === "Q") this.push(this.storage(this.pop()));
    else if (code === "R") this.push(this.call());
    else if (code === "b")
      this.pop(); // Attributes of a dictionary (its _metadata): of no use here.
    else throw this.refuse(`it uses pickle instruction 0x${code.charCodeAt(0).toString(16)}`);
  }

  /** Instructions that push a value of their own; false for any other. */
  private pushesConstant(code: string): boolean {
    if (code === "N") this.push(null);
    else if (code === "\x88") this.push(true);
    else if (code === "\x89") this.push(false);
    else if (code === ")" || code === "]") this.push([]);
    else if (code === "K") this.push(this.byte());
    else if (code === "M") this.push(this.number(2, (at) => this.view.getUint16(at, true)));
    else if (code === "J") this.push(this.number(4, (at) => this.view.getInt32(at, true)));
    else if (code === "G") this.push(this.number(8, (at) => this.view.getFloat64(at, false)));
    else if (code === "\x8a") this.push(this.long());
    else if (code === "X") this.push(this.text(this.number(4, (at) => this.view.getUint32(at, true))));
    else if (code === "\x8c") this.push(this.text(this.byte()));
    else return false;
    return true;
  }

  /** Instructions about the memo, the protocol and frames; false for any other. */
  private remembers(code: string): boolean {
    const index4 = () => this.number(4, (at) => this.view.getUint32(at, true));
    if (code === "q") this.memo.set(this.byte(), this.top());
    else if (code === "r") this.memo.set(index4(), this.top());
    else if (code === "\x94") this.memo.set(this.memo.size, this.top());
    else if (code === "h") this.push(this.recalled(this.byte()));
    else if (code === "j") this.push(this.recalled(index4()));
    else if (code === "\x80") this.at += 1;
    else if (code === "\x95") this.at += 8;
    else return false;
    return true;
  }

  private global(module: string, name: string): Value {
    return new PickledGlobal(`${module}.${name}`);
  }

  private stackGlobal(): Value {
    const [module, name] = this.popMany(2);
    return this.global(String(module), String(name));
  }

  /** ("storage", type, key, device, numbers): where a tensor's numbers are. */
  private storage(id: Value): PickledStorage {
    const [word, type, key] = Array.isArray(id) ? id : [];
    if (word !== "storage" || !(type instanceof PickledGlobal) || typeof key !== "string") {
      throw this.refuse("it refers to something that is no storage of numbers");
    }
    return { kind: type.name.replace(/^torch\./, ""), key };
  }

  private call(): Value {
    const [callee, given] = this.popMany(2);
    const name = callee instanceof PickledGlobal ? callee.name : "something that is no function";
    const [first, second, third, fourth] = Array.isArray(given) ? given : [];
    if (name === "collections.OrderedDict" && first === undefined) return new Map();
    if (name === "torch._utils._rebuild_parameter" && isTensor(first)) return first;
    if (REBUILT.has(name) && isStorage(first) && isCounts(third) && isCounts(fourth)) {
      return { storage: first, offset: Number(second), shape: third, strides: fourth };
    }
    throw this.refuse(`it calls ${name}; save the model's state_dict() alone, as float32 tensors`);
  }

  private setItems(items: readonly Value[]): void {
    const target = this.top();
    if (!(target instanceof Map)) throw this.refuse("it fills something that is no dictionary");
    for (let i = 0; i + 1 < items.length; i += 2) target.set(items[i] ?? null, items[i + 1] ?? null);
  }

  private extend(items: readonly Value[]): void {
    const list = this.top();
    if (!Array.isArray(list)) throw this.refuse("it fills something that is no list");
    list.push(...items);
  }

  private byte(): number {
    return this.number(1, (at) => this.view.getUint8(at));
  }

  private number(bytes: number, read: (at: number) => number): number {
    const value = read(this.at);
    this.at += bytes;
    return value;
  }

  /** A whole number of any length, little-endian, two's complement. */
  private long(): number {
    const length = this.byte();
    let value = 0n;
    for (let i = 0; i < length; i++) value |= BigInt(this.byte()) << BigInt(8 * i);
    return Number(BigInt.asIntN(8 * length, value));
  }

  private text(length: number): string {
    const end = this.at + length;
    if (end > this.bytes.length) throw this.refuse("it is cut; copy it again");
    const value = Buffer.from(this.bytes.subarray(this.at, end)).toString("utf8");
    this.at = end;
    return value;
  }

  private line(): string {
    const end = this.bytes.indexOf(0x0a, this.at);
    const value = this.text((end < 0 ? this.bytes.length + 1 : end) - this.at);
    this.at += 1;
    return value;
  }

  private push(value: Value): void {
    this.stack.push(value);
  }

  private pop(): Value {
    const value = this.stack.pop();
    if (value === undefined || value === MARK) throw this.refuse("its stack is empty");
    return value as Value;
  }

  private popMany(count: number): Value[] {
    return Array.from({ length: count }, () => this.pop()).reverse();
  }

  private top(): Value {
    const value = this.pop();
    this.push(value);
    return value;
  }

  private toMark(): Value[] {
    const mark = this.stack.lastIndexOf(MARK);
    if (mark < 0) throw this.refuse("a mark is missing");
    return this.stack.splice(mark).slice(1) as Value[];
  }

  private recalled(index: number): Value {
    const value = this.memo.get(index);
    if (value === undefined) throw this.refuse(`it recalls ${index}, which it never stored`);
    return value;
  }
}

function isStorage(value: Value | undefined): value is PickledStorage {
  return typeof value === "object" && value !== null && "key" in value && "kind" in value;
}

function isTensor(value: Value | undefined): value is PickledTensor {
  return typeof value === "object" && value !== null && "storage" in value && "strides" in value;
}

function isCounts(value: Value | undefined): value is readonly number[] {
  return Array.isArray(value) && value.every((entry) => Number.isInteger(entry) && Number(entry) >= 0);
}
