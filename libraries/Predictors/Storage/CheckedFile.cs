using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DaprMoE.Models;

namespace DaprMoE.Predictors;

/// <summary>
/// A safetensors file of this project's own formats: whatever is missing or does not fit is an error that names the file and the remedy.
/// </summary>
internal sealed class CheckedFile(SafetensorsFile file, string remedy)
{
    public string Path => file.Path;

    /// <summary>Throws unless the file is of this format.</summary>
    public void RequireFormat(string format, string version) => Require(
        Metadata("format") == format && Metadata("version") == version, $"is not of format {format}, version {version}");

    public string Metadata(string key) =>
        file.Metadata.TryGetValue(key, out string? value) ? value : throw Fault($"has no metadata '{key}'");

    /// <summary>A number above 0.</summary>
    public int Number(string key) =>
        int.TryParse(Metadata(key), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw Fault($"has metadata '{key}' that is no number above 0");

    public T Json<T>(string key, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(Metadata(key), type) ?? throw Fault($"has metadata '{key}' that is null");
        }
        catch (JsonException exception)
        {
            throw Fault($"has metadata '{key}' that can't be read ({exception.Message})");
        }
    }

    /// <summary>Rows of a tensor: its first dimension.</summary>
    public int Rows(string name, int most)
    {
        SafetensorsTensor tensor = Tensor(name);
        bool fits = tensor.Shape is [>= 0, ..] && tensor.Shape[0] <= most;
        Require(fits, $"has a tensor '{name}' of {tensor.ShapeText}, where at most {most} rows are allowed");
        return (int)tensor.Shape[0];
    }

    /// <summary>All values of a tensor [rows, width], or [rows] where the width is 1.</summary>
    public T[] Values<T>(string name, SafetensorsType type, int rows, int width)
        where T : unmanaged
    {
        SafetensorsTensor tensor = Tensor(name);
        bool fits = tensor.Type == type && tensor.Shape is [var first, ..] && first == rows && tensor.Elements == (long)rows * width;
        Require(fits, $"has a tensor '{name}' of {tensor.Type.Name()} {tensor.ShapeText} where {type.Name()} [{rows}, {width}] is wanted");
        T[] values = new T[checked(rows * width)];
        file.Read(tensor, 0, MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    public void Require(bool holds, string fault)
    {
        if (!holds)
        {
            throw Fault(fault);
        }
    }

    private SafetensorsTensor Tensor(string name) =>
        file.Tensors.TryGetValue(name, out SafetensorsTensor? tensor) ? tensor : throw Fault($"has no tensor '{name}'");

    private PredictorException Fault(string fault) => new($"{file.Path} {fault}; {remedy}.");
}
