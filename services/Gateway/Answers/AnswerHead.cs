using System.Text.Json;

namespace DaprMoE.Gateway;

/// <summary>What an answer and each chunk of a stream begin with.</summary>
/// <param name="Id">Id of the answer, the same in all its chunks.</param>
/// <param name="Created">When it was begun.</param>
/// <param name="Model">Id of the model.</param>
internal sealed record AnswerHead(string Id, DateTimeOffset Created, string Model)
{
    public void Write(Utf8JsonWriter json, string objectName)
    {
        json.WriteString("id", Id);
        json.WriteString("object", objectName);
        json.WriteNumber("created", Created.ToUnixTimeSeconds());
        json.WriteString("model", Model);
    }
}
