using System.Runtime.CompilerServices;

namespace DaprMoE.Tensors;

/// <summary>Writes keys and values of consecutive positions into a block.</summary>
internal sealed unsafe class KvWriter(KvLayout layout)
{
    private const int PanelWidth = PackedMatrix.PanelWidth;

    public KvLayout Layout => layout;

    /// <summary>Writes <paramref name="count"/> rows to the slots from <paramref name="slot"/> on; all in this block.</summary>
    public void Write(float* block, int slot, int count, float* keys, nint keyStride, float* values, nint valueStride)
    {
        for (var head = 0; head < layout.KvHeads; head++)
        {
            WriteKeys(block + slot, count, keys, keyStride);
            WriteValues(block + layout.KeyFloats + (slot * PanelWidth), count, values, valueStride);
            block += layout.HeadFloats;
            keys += layout.HeadSize;
            values += layout.HeadSize;
        }
    }

    /// <summary>Positions are the lanes of a key panel: rows become columns, four at a time.</summary>
    private void WriteKeys(float* lane, int count, float* keys, nint stride)
    {
        for (; count >= 4; count -= 4)
        {
            ActivationPacker.PackFour(
                keys, keys + stride, keys + (2 * stride), keys + (3 * stride), layout.HeadSize, lane, KvLayout.BlockTokens);
            keys += 4 * stride;
            lane += 4;
        }

        for (; count > 0; count--)
        {
            ActivationPacker.PackOne(keys, layout.HeadSize, lane, KvLayout.BlockTokens);
            keys += stride;
            lane++;
        }
    }

    private void WriteValues(float* row, int count, float* values, nint stride)
    {
        for (; count > 0; count--)
        {
            for (var panel = 0; panel < layout.ValuePanels; panel++)
            {
                var width = Math.Min(PanelWidth, layout.HeadSize - (panel * PanelWidth));
                Unsafe.CopyBlockUnaligned(
                    row + (panel * KvLayout.ValuePanelFloats), values + (panel * PanelWidth), (uint)width * sizeof(float));
            }

            row += PanelWidth;
            values += stride;
        }
    }
}
