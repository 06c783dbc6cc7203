using System.Collections.Frozen;
using System.Text.Json;

namespace DaprMoE.Gateway;

/// <summary>All parameters of a request. A key that is not in the table is an error that names it.</summary>
/// <param name="parameters">The parameters.</param>
/// <param name="prefix">What stands before their names in errors: <c>stream_options.</c>; empty for the body itself.</param>
internal sealed class ParameterTable<TRequest>(IEnumerable<Parameter<TRequest>> parameters, string prefix = "")
{
    private readonly FrozenDictionary<string, Parameter<TRequest>> _byName =
        parameters.ToFrozenDictionary(p => p.Name, StringComparer.Ordinal);

    /// <summary>The parameters, in the order of their names.</summary>
    public IEnumerable<Parameter<TRequest>> All => _byName.Values.OrderBy(p => p.Name, StringComparer.Ordinal);

    /// <summary>Reads every key of an object into a request.</summary>
    /// <exception cref="ApiException">A key or a value is not allowed.</exception>
    public void Read(JsonElement source, TRequest request)
    {
        foreach (JsonProperty property in source.EnumerateObject())
        {
            string path = prefix + property.Name;
            if (!_byName.TryGetValue(property.Name, out Parameter<TRequest>? parameter))
            {
                throw ApiErrors.UnknownParameter(JsonExcerpt.Cut(path), string.Join(", ", All.Select(p => p.Name)));
            }

            if (property.Value.ValueKind != JsonValueKind.Null)
            {
                parameter.Read(path, property.Value, request);
            }
        }
    }
}
