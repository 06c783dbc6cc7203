using DaprMoE.Text.Jinja.Natives;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Jinja.Methods;

/// <summary>Methods of dicts.</summary>
internal static class DictMethods
{
    public static readonly MethodTable Table = new(
    [
        new Native("get", "key default?", call => Dict(call).Find(call.Required(0)) ?? call[1] ?? NoneValue.Instance),
        new Native("keys", "", call => new DictView(Dict(call), "dict_keys", entry => entry.Key)),
        new Native("values", "", call => new DictView(Dict(call), "dict_values", entry => entry.Value)),
        new Native("items", "", call => new DictView(Dict(call), "dict_items", Pair)),
        new Native("copy", "", call => call.Subject),
    ],
    refused: "clear pop popitem setdefault update fromkeys");

    public static Value Pair(KeyValuePair<Value, Value> entry) => new TupleValue([entry.Key, entry.Value]);

    private static DictValue Dict(NativeCall call) => (DictValue)call.Subject;
}
