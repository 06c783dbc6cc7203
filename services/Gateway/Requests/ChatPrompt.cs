using System.Buffers;
using System.Text.Json;
using DaprMoE.Text;

namespace DaprMoE.Gateway;

/// <summary>Turns a conversation into token ids.</summary>
internal static class ChatPrompt
{
    /// <summary>Renders the model's template and encodes what comes out, special tokens as such.</summary>
    /// <exception cref="ApiException">The model has no template, or it refuses the conversation.</exception>
    public static int[] Encode(ServedModel model, IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken)
    {
        if (model.Template is not { } template)
        {
            throw ApiErrors.NoTemplate(model.Id);
        }

        cancellationToken.ThrowIfCancellationRequested();
        // The template writes the special tokens that belong there.
        string text = Render(template, messages, model.Tokenizer);
        return PromptText.Encode(model, "messages", text, addSpecialTokens: false, cancellationToken);
    }

    private static string Render(ChatTemplate template, IReadOnlyList<ChatMessage> messages, Tokenizer tokenizer)
    {
        using JsonDocument json = ToJson(messages);
        try
        {
            return template.Render(new ChatTemplateInput
            {
                Messages = json.RootElement,
                AddGenerationPrompt = true,
                SpecialTokens = tokenizer.SpecialTokens,
            });
        }
        catch (TemplateException exception)
        {
            throw ApiErrors.Template(exception);
        }
    }

    private static JsonDocument ToJson(IReadOnlyList<ChatMessage> messages)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, JsonText.Options))
        {
            json.WriteStartArray();
            foreach (ChatMessage message in messages)
            {
                json.WriteStartObject();
                json.WriteString("role", message.Role);
                json.WriteString("content", message.Content);
                if (message.Name is not null)
                {
                    json.WriteString("name", message.Name);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return JsonDocument.Parse(buffer.WrittenMemory);
    }
}
