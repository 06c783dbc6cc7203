using DaprMoE.Tensors;

namespace DaprMoE.Predictors;

/// <summary>Moves rows between row order and the two orders that gradients are computed in.</summary>
internal static unsafe class PanelRows
{
    private const int Width = PackedMatrix.PanelWidth;

    /// <summary>Rows [rows, columns] to panels of [rows, 32], each of which begins <paramref name="panelStride"/> floats after the one before.</summary>
    public static void ToPanels(float* rowMajor, int rows, int columns, float* panels, nint panelStride)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                panels[(column / Width * panelStride) + (row * Width) + (column % Width)] = rowMajor[(row * columns) + column];
            }
        }
    }

    /// <summary>Rows [rows, columns], taken by index or in order, to columns [columns, rows].</summary>
    public static void Transpose(float* source, int columns, int* rowIndex, int rows, float* transposed, nint stride)
    {
        // A few columns at a time: their results stay in the first-level cache while the rows pass by.
        const int Together = 16;
        for (int first = 0; first < columns; first += Together)
        {
            int end = Math.Min(columns, first + Together);
            for (int row = 0; row < rows; row++)
            {
                float* from = source + ((long)(rowIndex == null ? row : rowIndex[row]) * columns);
                for (int column = first; column < end; column++)
                {
                    transposed[(column * stride) + row] = from[column];
                }
            }
        }
    }

    /// <summary>Adds up each column of panels of [rows, 32].</summary>
    public static void SumColumns(float* panels, int panelCount, nint panelStride, int rows, float* sums)
    {
        for (int panel = 0; panel < panelCount; panel++)
        {
            Span<float> sum = new(sums + (panel * Width), Width);
            sum.Clear();
            float* at = panels + (panel * panelStride);
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < Width; column++)
                {
                    sum[column] += at[(row * Width) + column];
                }
            }
        }
    }
}
