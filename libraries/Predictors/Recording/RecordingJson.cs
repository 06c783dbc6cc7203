using System.Text.Json.Serialization;

namespace DaprMoE.Predictors;

[JsonSerializable(typeof(int[][]))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class RecordingJson : JsonSerializerContext;
