using System.Buffers;
using System.Text.Json;
using DaprMoE.Text;

namespace DaprMoE.Gateway;

/// <summary>Turns a conversation into token ids.</summary>
internal static class ChatPrompt
{
    /// <summary>Renders the model's template and encodes what comes out, special tokens as such.</summary>
    /// <exception cref="ApiException">The model has no template, or it refuses the conversation.</exception>
    public static int[] Encode(ServedModel model, IReadOnlyList<ChatMessage> messages)
    {
        if (model.Template is not { } template)
        {
            throw ApiErrors.NoTemplate(model.Id);
        }

        using JsonDocument json = ToJson(messages);
        try
        {
            string text = template.Render(new ChatTemplateInput
            {
                Messages = json.RootElement,
                AddGenerationPrompt = true,
                SpecialTokens = model.Tokenizer.SpecialTokens,
            });
            // The template has written the special tokens that belong there.
            return model.Tokenizer.Encode(text, new EncodeOptions { AddSpecialTokens = false });
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
