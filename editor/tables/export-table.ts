const WIDTHS = [20, 60, 30]

/** Saves cells as an Excel file. Every cell is a text, so that none is taken for a formula. */
export async function exportTable(cells: readonly (readonly string[])[], fileName: string): Promise<void> {
  const { default: writeExcel } = await import('write-excel-file/browser')
  const data = cells.map((row, index) =>
    row.map(value => ({
      value,
      type: String,
      wrap: true,
      alignVertical: 'top' as const,
      fontWeight: index === 0 ? ('bold' as const) : undefined,
    })),
  )
  await writeExcel(data, { columns: WIDTHS.map(width => ({ width })), stickyRowsCount: 1 }).toFile(fileName)
}
