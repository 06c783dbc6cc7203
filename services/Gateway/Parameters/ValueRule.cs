using System.Text.Json;

namespace DaprMoE.Gateway;

/// <summary>Reads a JSON value; false: it is of another type or out of range.</summary>
internal delegate bool TryReadValue<T>(JsonElement json, out T value);

/// <summary>A type of values and its range.</summary>
/// <param name="Allowed">Both in words, as error messages give them.</param>
/// <param name="TryRead">Reads and checks.</param>
internal sealed record ValueRule<T>(string Allowed, TryReadValue<T> TryRead);
