/**
 * How often chance does as well, asked again until the server has made the graphs to compare with. What goes wrong shows
 * nothing: the answer stands without it.
 */
import { useEffect, useState } from "preact/hooks";
import {
  WebChancesDocument,
  type WebChancesQuery,
  type WebChancesQueryVariables,
} from "../../../generated/documents.js";
import { keyOf, read } from "../../graphql/client.js";

/** What is known of chance. */
export interface Chances {
  readonly state: WebChancesQuery["explain"]["significance"]["state"];
  readonly permutations: number;
  /** P-values by metapath. */
  readonly values: ReadonlyMap<string, number>;
}

const WAIT_MILLIS = 3_000;

/** Asks about a pair; undefined until the first answer. */
export function useChances(variables: WebChancesQueryVariables): Chances | undefined {
  const [found, setFound] = useState<{ readonly key: string; readonly chances: Chances }>();
  const key = keyOf(WebChancesDocument, variables);
  // the key stands for the variables
  useEffect(() => {
    const leave = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      const { explain } = await read(WebChancesDocument, variables, leave.signal);
      const chances = chancesOf(explain);
      setFound({ key, chances });
      if (chances.state === "BEING_MADE") timer = setTimeout(again, WAIT_MILLIS);
    };
    const again = () => void look().catch(() => undefined);
    again();
    return () => {
      leave.abort();
      clearTimeout(timer);
    };
  }, [key]);
  return found?.key === key ? found.chances : undefined;
}

function chancesOf({ significance, metapaths }: WebChancesQuery["explain"]): Chances {
  return {
    state: significance.state,
    permutations: significance.permutations ?? 0,
    values: new Map(metapaths.flatMap(({ name, pValue }) => (pValue == null ? [] : [[name, pValue]]))),
  };
}
